#!/bin/sh
# Renders the icons to the PNG files that the program carries. Needs rsvg-convert (Debian: librsvg2-bin).
# Run it after changing an SVG and commit both.
set -eu
cd "$(dirname "$0")"

rm -rf icons/png app/png
mkdir -p icons/png app/png

# Masks, black on transparent; the program tints them. 16 logical px at 1x, 1.5x, 2x and 3x.
for svg in icons/*.svg; do
    name=$(basename "$svg" .svg)
    for px in 16 24 32 48; do
        rsvg-convert --width "$px" --height "$px" --output "icons/png/$name-$px.png" "$svg"
    done
done

# Ticks of check boxes and arrows of choices come from the style sheet, which cannot tint.
for name in tick arrow; do
    for color in ffffff 11171e; do
        sed "s/#000/#$color/g" "icons/$name.svg" |
            rsvg-convert --width 16 --height 16 --output "icons/png/$name-$color.png"
        sed "s/#000/#$color/g" "icons/$name.svg" |
            rsvg-convert --width 32 --height 32 --output "icons/png/$name-$color@2x.png"
    done
    rm icons/png/$name-[0-9][0-9].png
done

for px in 16 24 32 48 64 128 256 512; do
    rsvg-convert --width "$px" --height "$px" --output "app/png/countermand-$px.png" app/countermand.svg
done
./bundle-icons.py
