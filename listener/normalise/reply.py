"""Of a mail's text only what was newly said: no quoted reply, no forwarded mail, no signature, no disclaimer.

One pass over the lines; a line is looked at as it stands and with the one behind it, never more, so that time stays in
proportion to the text.
"""

from collections.abc import Sequence

from listener.normalise import reply_words as words

_READ = 60_000
_LONGEST_LINE = 400
"""Characters of a line that are looked at for a mark: no mail program writes a longer one."""
_COLONS = (":", "：")
_SIGNED_LINES, _NAME_WORDS = 10, 5
"""A signature has at most so many lines, and begins with a name of at most so many words."""


def new_words(text: str) -> tuple[str, str]:
    r"""What was newly said in a mail, and what it quotes: without signature and disclaimer.

    >>> new_words("Where is it?\n\nOn Monday, Ann wrote:\n> It is on its way.")
    ('Where is it?', '> It is on its way.')
    """
    lines = text.replace("\r\n", "\n")[:_READ].split("\n")
    fresh, quoted = _apart(_without_banner(lines))
    told = "\n".join(_signed_off(_plain(fresh))).strip()
    return told, "\n".join(quoted)[:4_000].strip()


def _without_banner(lines: list[str]) -> list[str]:
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    return lines[first + 1 :] if lines and words.BANNER.fullmatch(lines[first][:_LONGEST_LINE]) else lines


def _apart(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The new lines and the quoted ones."""
    refused = 0
    for i in range(len(lines)):
        behind = _mark_at(lines, i)
        if not behind and i >= refused:  # each line of a block that is none is looked at once
            refused = _behind_headers(lines, i)
            behind = refused if _are_headers(lines[i:refused]) else 0
        if not behind:
            continue
        marked = next((line for line in lines[behind:] if line.strip()), "").startswith(">")
        before, after = list(lines[:i]), list(lines[behind:])
        if marked:  # words may stand between and below
            return before + [x for x in after if not x.startswith(">")], [x for x in after if x.startswith(">")]
        if any(x.strip() and not x.startswith(">") for x in before) or not words.FROM.match(lines[i][:_LONGEST_LINE]):
            return before, after
        return after, []  # headers over one's own words: a gateway put them there
    return list(lines), []


def _mark_at(lines: Sequence[str], i: int) -> int:
    """Where the quote begins that a separator or an attribution at line i announces; 0 where none does."""
    line = lines[i][:_LONGEST_LINE]
    bare = line.lstrip("> ").rstrip()
    if words.SEPARATOR.fullmatch(line):
        return _behind_headers(lines, i + 1)
    if bare.endswith(_COLONS) and words.ATTRIBUTION.fullmatch(bare):
        return i + 1
    if line[:1] == ">":
        return 0
    after = lines[i + 1][:_LONGEST_LINE].strip() if i + 1 < len(lines) else ""
    if 10 < len(line) < 200 and after.endswith(_COLONS) and words.ATTRIBUTION.fullmatch(f"{bare} {after}"):
        return i + 2
    return 0


def _are_headers(block: Sequence[str]) -> bool:
    return len(block) >= 3 and any(words.FROM.match(line[:_LONGEST_LINE]) for line in block)


def _behind_headers(lines: Sequence[str], i: int) -> int:
    while i < len(lines) and (words.HEADER.match(lines[i][:_LONGEST_LINE])):
        i += 1
    return i


def _plain(lines: Sequence[str]) -> list[str]:
    """Without marked quotes, and up to the first line that begins a signature, an advertisement or a disclaimer."""
    out: list[str] = []
    for line in lines:
        if line.startswith(">"):
            continue
        said = line.strip()[:_LONGEST_LINE]
        if said and any(x.strip() for x in out) and (words.SIGNATURE.fullmatch(said) or words.DISCLAIMER.search(said)):
            break
        out.append(line)
    return out


def _signed_off(lines: list[str]) -> list[str]:
    """Without the name, rank and telephone behind a farewell; thanks that only take leave go with them."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    for i in reversed(filled[-_SIGNED_LINES - 1 :]):
        found = words.FAREWELL.fullmatch(lines[i].strip(" ,.!-–")[:80])
        rest = [lines[j].strip() for j in filled if j > i]
        if not found or i == filled[0] or not _is_signature(rest):
            continue
        kept = lines[:i] if found["thanks"] else lines[: i + 1]
        return kept + [line for line in rest if words.POSTSCRIPT.match(line)]
    return lines


def _is_signature(rest: Sequence[str]) -> bool:
    """Whether lines behind a farewell are a signature: a short name first, no sentences after it."""
    if not rest:
        return True
    name = rest[0]
    if len(name.split()) > _NAME_WORDS or name[:1].islower() or name[-1:] in ".?!。？！:":
        return bool(words.FAREWELL.fullmatch(name.strip(" ,.!"))) and _is_signature(rest[1:])
    return not any(line[-1:] in "?!？！" or (line[-1:] in ".。" and len(line.split()) > 8) for line in rest)
