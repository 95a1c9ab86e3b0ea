/* Complex numbers, which Wine 8 breaks off at and NumPy tries when it is imported. All else is Wine's (stubs.py).

   Microsoft's complex numbers are structures of two; the long ones are as long as the others. */

#include <complex.h>

typedef union { struct { double re, im; } parts; double _Complex value; } Double;
typedef union { unsigned long long bits; float _Complex value; } Float;

#define TO_NUMBER(name) \
    double own_##name(Double a) { return name(a.value); } \
    double own_##name##l(Double a) { return name(a.value); } \
    float own_##name##f(Float a) { return name##f(a.value); }
#define TO_COMPLEX(name) \
    Double own_##name(Double a) { return (Double){.value = name(a.value)}; } \
    Double own_##name##l(Double a) { return (Double){.value = name(a.value)}; } \
    Float own_##name##f(Float a) { return (Float){.value = name##f(a.value)}; }
#define OF_TWO(name) \
    Double own_##name(Double a, Double b) { return (Double){.value = name(a.value, b.value)}; } \
    Double own_##name##l(Double a, Double b) { return (Double){.value = name(a.value, b.value)}; } \
    Float own_##name##f(Float a, Float b) { return (Float){.value = name##f(a.value, b.value)}; }

TO_NUMBER(cabs) TO_NUMBER(carg) TO_NUMBER(cimag) TO_NUMBER(creal)
TO_COMPLEX(ccos) TO_COMPLEX(ccosh) TO_COMPLEX(cexp) TO_COMPLEX(csin) TO_COMPLEX(csinh) TO_COMPLEX(ctan) TO_COMPLEX(ctanh)
OF_TWO(cpow)
