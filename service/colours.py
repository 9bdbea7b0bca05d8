"""A colour that a portal chooses, moved as little as it takes until text in it and on it can be read."""

import colorsys
import re

PAPER = {"light": "#e2efe9", "dark": "#1f3d35"}  # of the surfaces in base.css that carry text in the accent, the nearest to it
ENOUGH = 4.5  # contrast of text (WCAG 2.2, 1.4.3)
INK, WHITE = "#0b1f19", "#ffffff"
_STEPS = 200


def readable(colour: str) -> dict[str, list[str]] | None:
    """For light and dark: the accent, and the colour of text on it. None where `colour` is none of the form #0b5c4c or #07c."""
    if not (found := re.fullmatch(r"#?([0-9a-f]{3}|[0-9a-f]{6})", colour.strip().lower())):
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(2 * one for one in found[1])
    return {scheme: _on(_moved(f"#{digits}", paper)) for scheme, paper in PAPER.items()}


def contrast(one: str, other: str) -> float:
    """Between 1 and 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _moved(colour: str, paper: str) -> str:
    """Darker on light paper, lighter on dark, in its own hue."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    end = 0.0 if _luminance(paper) > 0.5 else 1.0
    for step in range(_STEPS + 1):
        rgb = colorsys.hls_to_rgb(hue, lightness + (end - lightness) * step / _STEPS, saturation)
        moved = "#" + "".join(f"{round(255 * c):02x}" for c in rgb)
        if contrast(moved, paper) >= ENOUGH:
            return moved
    return INK if end == 0.0 else WHITE


def _on(accent: str) -> list[str]:
    return [accent, max((WHITE, INK), key=lambda text: contrast(text, accent))]
