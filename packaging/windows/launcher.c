/* Starts Fieldquill with the Python that lies beside this program, and nothing else of the machine's.

   Compiled twice: Fieldquill.exe opens the window (WINDOW is defined), fieldquill-cli.exe is the command line. */

#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define LONGEST_PATH 32768
#define NO_PROGRAM 120 /* what the program below ends with if a part of it can't be imported */

#ifdef WINDOW
#define PROGRAM \
    L"import sys\n" \
    L"sys.argv[0] = 'fieldquill'\n" \
    L"try:\n" \
    L"    import ui.application\n" \
    L"    from ui.command import window\n" \
    L"except Exception:\n" \
    L"    sys.exit(120)\n" \
    L"window()\n"
#else
#define PROGRAM \
    L"import sys\n" \
    L"sys.argv[0] = 'fieldquill-cli'\n" \
    L"from ui.command import main\n" \
    L"main()\n"
#endif

typedef int (*run_python)(int, wchar_t **);

/* Says in one sentence why there is no Fieldquill to be seen. */
static int fail(const wchar_t *what, unsigned long error)
{
    wchar_t words[512];
    swprintf(words, 512,
             L"Fieldquill could not start, because %ls (%lu); your studies are untouched. Please install it again.",
             what, error);
#ifdef WINDOW
    MessageBoxW(NULL, words, L"Fieldquill", MB_OK | MB_ICONERROR);
#else
    fwprintf(stderr, L"%ls\n", words);
#endif
    return NO_PROGRAM;
}

/* Has libraries be looked for where the program and the system have theirs: not in the folder one happens to be in,
   not along PATH, and not where the environment would have Qt look, nor where settings for the whole computer would
   have OpenSSL: it reads them from a folder of whoever built it, which somebody else may have made here. */
static void trust_own_folders_only(void)
{
    SetDllDirectoryW(L"");
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    SetEnvironmentVariableW(L"QT_PLUGIN_PATH", NULL);
    SetEnvironmentVariableW(L"QT_QPA_PLATFORM_PLUGIN_PATH", NULL);
    SetEnvironmentVariableW(L"OPENSSL_CONF", L"NUL");
}

int wmain(void)
{
    static wchar_t self[LONGEST_PATH], library[LONGEST_PATH + 32];
    DWORD length = GetModuleFileNameW(NULL, self, LONGEST_PATH);
    if (length == 0 || length == LONGEST_PATH)
        return fail(L"its own folder has too long a name", GetLastError());
    wcscpy(library, self);
    wcscpy(wcsrchr(library, L'\\') + 1, L"python\\python313.dll");

    trust_own_folders_only();
    HMODULE python = LoadLibraryExW(
        library, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    if (python == NULL)
        return fail(L"its part python\\python313.dll is missing, damaged or not allowed to run", GetLastError());
    run_python run = (run_python)(void *)GetProcAddress(python, "Py_Main");
    if (run == NULL)
        return fail(L"its part python\\python313.dll is not the right one", GetLastError());

    /* -I: isolated from the environment and the user's own packages; -B: writes no bytecode into its own folder. */
    wchar_t *first[] = {self, L"-I", L"-B", L"-X", L"utf8", L"-c", PROGRAM};
    const int own = sizeof first / sizeof *first;
    int given = 0;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &given);
    wchar_t **all = words == NULL ? NULL : calloc(own + given, sizeof *all);
    if (all == NULL)
        return fail(L"there is too little memory", GetLastError());
    for (int i = 0; i < own; i++)
        all[i] = first[i];
    for (int i = 1; i < given; i++)
        all[own + i - 1] = words[i];

    int code = run(own + given - 1, all);
    return code == NO_PROGRAM ? fail(L"a part of it is missing or damaged", ERROR_FILE_CORRUPT) : code;
}
