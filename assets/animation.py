#!/usr/bin/env python3
"""Strings pictures of the screen together into one animated SVG for the README: assets/pictures/tour.svg.

usage: animation.py [--check]

The pictures are the ones that the tests make, so the animation cannot show what the screen does not. `--check` writes
nothing and fails if the file is not what it would be. Who asked for less motion sees the first picture.
"""
import pathlib, re, sys

FOLDER = pathlib.Path(__file__).parent / "pictures"
# Picture, seconds, and what it shows.
FRAMES = [
    ("home", 4, "who you are, why, and for how long"),
    ("mfa", 3, "r: a code for a new session"),
    ("link", 4, "Enter on a link: why it lost"),
    ("compare", 4, "=: which of 17 tools disagree"),
    ("sign-in", 4, "l: sign in to Identity Center"),
    ("portal", 4, "O: accounts and roles, and their profiles"),
    ("timeline", 3, "T: when each session ends"),
    ("confirm", 3, "nothing is written before you saw the diff"),
]


def parts(name):
    text = (FOLDER / name / "120x40-dark.term.svg").read_text()
    width, height = map(int, re.search(r'<svg width="(\d+)px" height="(\d+)px"', text).groups())
    styles = dict(re.findall(r"^\s*(\.[\w-]+) (\{ [^}]*\})$", text, re.M))
    body = text[text.index("<rect"):text.rindex("</svg>")].strip()
    return width, height, styles, body


def animation():
    pictures = [parts(name) for name, _, _ in FRAMES]
    width, height = max(p[0] for p in pictures), max(p[1] for p in pictures)
    total = sum(seconds for _, seconds, _ in FRAMES)
    styles = {}
    for picture in pictures:
        styles.update(picture[2])
    lines = [f'<svg width="{width}px" height="{height + 34}px" xmlns="http://www.w3.org/2000/svg">', "<style>"]
    lines += [f"{name} {rule}" for name, rule in sorted(styles.items())]
    lines += [".container { padding: 0 10px; line-height: 18px; }",
              "tspan { font: 14px SFMono-Regular, Consolas, Liberation Mono, Menlo, monospace; white-space: pre; line-height: 18px; }",
              ".caption { font: 15px sans-serif; fill: #888888; }", ".frame { visibility: hidden; }", ".f0 { visibility: visible; }",
              "@media (prefers-reduced-motion: no-preference) {", f".frame {{ animation: {total}s step-end infinite; }}"]
    start, shown = 0, []
    for at, (name, seconds, caption) in enumerate(FRAMES):
        begin, end = 100 * start / total, 100 * (start + seconds) / total
        before = "" if at == 0 else "0% { visibility: hidden; } "
        after = "" if at == len(FRAMES) - 1 else f" {end:.3f}% {{ visibility: hidden; }}"
        lines.append(f"@keyframes k{at} {{ {before}{begin:.3f}% {{ visibility: visible; }}{after} }}")
        lines.append(f".f{at} {{ animation-name: k{at}; }}")
        shown.append(f'<g class="frame f{at}">\n{pictures[at][3]}\n<text x="12" y="{height + 22}" class="caption">{caption}</text>\n</g>')
        start += seconds
    return "\n".join([*lines, "}", "</style>", *shown, "</svg>", ""])


def main():
    target, text = FOLDER / "tour.svg", animation()
    if "--check" in sys.argv[1:]:
        if not target.exists() or target.read_text() != text:
            sys.exit(f"{target} is not current: run {sys.argv[0]}")
        print(f"{target}: current, {len(text) // 1024} KB")
        return
    target.write_text(text)
    print(f"{target}: {len(text) // 1024} KB")


if __name__ == "__main__":
    main()
