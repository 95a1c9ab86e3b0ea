"""Look for what somebody typed in files that must not hold it."""


def files_that_tell(places, words):
    """Name the files below some folders that hold any of the words, in UTF-8 or UTF-16, in their content or name."""
    needles = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le")]
    every = [path for place in places for path in place.rglob("*") if path.is_file()]
    return [
        path
        for path in every
        if any(needle in path.read_bytes() for needle in needles) or any(word in path.name for word in words)
    ]
