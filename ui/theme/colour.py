"""Arithmetic of colours: contrast as WCAG 2 defines it, mixing, and even steps of one hue (Oklab)."""

from __future__ import annotations

import math


def rgb(colour: str) -> tuple[int, int, int]:
    """Split "#1f3d5c" into its red, green and blue, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance, 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = (_linear(part / 255) for part in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """Mix two colours; `share` (0..1) is how much of `other` there is in it."""
    return _hex(*(a + (b - a) * share for a, b in zip(rgb(one), rgb(other), strict=True)))


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """Make a colour from lightness (0..1), chroma (0..0.4) and hue in degrees; what the screen lacks is clipped.

    Source: B. Ottosson, "A perceptual color space for image processing" (2020).
    """
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return _hex(*(255 * _encoded(part) for part in (red, green, blue)))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _encoded(part: float) -> float:
    part = min(1.0, max(0.0, part))
    return part * 12.92 if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


def _hex(*parts: float) -> str:
    return "#" + "".join(f"{round(min(255.0, max(0.0, part))):02x}" for part in parts)
