/* Windows has ICU, Wine 8 has not; Qt asks it for encodings that Qt itself does not know. This one knows none, either. */

#define UNSUPPORTED 16 /* U_UNSUPPORTED_ERROR */

typedef int Code;

void *ucnv_open(const char *name, Code *code)
{
    (void)name;
    *code = UNSUPPORTED;
    return 0;
}

const char *ucnv_getName(const void *converter, Code *code)
{
    (void)converter;
    *code = UNSUPPORTED;
    return 0;
}

int ucnv_countAvailable(void) { return 0; }
const char *ucnv_getAvailableName(int place) { (void)place; return 0; }

/* Nobody gets to these without a converter. */
#define NEVER(name) void name(void) {}
NEVER(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
NEVER(UCNV_TO_U_CALLBACK_SUBSTITUTE)
NEVER(ucnv_cbFromUWriteUChars)
NEVER(ucnv_cbToUWriteUChars)
NEVER(ucnv_close)
NEVER(ucnv_fromUCountPending)
NEVER(ucnv_fromUnicode)
NEVER(ucnv_getFromUCallBack)
NEVER(ucnv_getMaxCharSize)
NEVER(ucnv_getStandardName)
NEVER(ucnv_getToUCallBack)
NEVER(ucnv_reset)
NEVER(ucnv_setFromUCallBack)
NEVER(ucnv_setToUCallBack)
NEVER(ucnv_toUCountPending)
NEVER(ucnv_toUnicode)
