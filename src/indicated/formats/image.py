"""Images of pages: TIFF (faxes, with several pages), PNG and JPEG. Runs in the worker."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps

from indicated.formats.ask import PICTURE, Ask, Refused
from indicated.formats.model import Page, Reading, SourceMap

MOST_PIXELS = 100_000_000
"""Of one page: a sheet of A3 at 600 dots to the inch."""

_USUAL_DPI = 200
_LEAST_DPI = 70


def read(ask: Ask) -> Reading:
    """Tell the pages of an image file; each waits for recognition. Raises Refused for a damaged or huge file."""
    with open_image(ask) as image:
        frames = getattr(image, "n_frames", 1)
        if frames > ask.limits.pages:
            raise Refused(f"the image has more than {ask.limits.pages:,} pages.", "Split it.")
        return Reading(
            "", "image", SourceMap(tuple(Page(n, 0, 0, problem=PICTURE) for n in range(1, frames + 1)))
        )


def open_image(ask: Ask) -> Image.Image:
    """Open an image without decoding it. Raises Refused."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        return Image.open(BytesIO(ask.data), formats=("TIFF", "PNG", "JPEG"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("the image has more points than a page has.", "Scan it at 300 dpi.") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise Refused("the image is damaged.", "Scan it again.") from error


def frame(ask: Ask) -> tuple[Image.Image, float]:
    """Decode the page that is asked for, in gray and upright as its file says, with its dots to the inch."""
    with open_image(ask) as image:
        try:
            image.seek(ask.page - 1)
            dpi = _dpi(image)
            return ImageOps.exif_transpose(_on_white(image)).convert("L"), dpi
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise Refused(f"page {ask.page} of the image is damaged.", "Scan it again.") from error


def _on_white(image: Image.Image) -> Image.Image:
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    return white


def _dpi(image: Image.Image) -> float:
    """The dots to the inch across; `info["stretch"]` is set when those down differ, as in a fax of standard mode."""
    across, down = map(float, image.info.get("dpi", (0, 0)))
    if not min(across, down) >= _LEAST_DPI:
        return max(_USUAL_DPI, image.width / 8.5)
    image.info["stretch"] = across / down
    return across
