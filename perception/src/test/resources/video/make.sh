#!/usr/bin/env bash
# Makes the videos of this folder; FFMPEG names an ffmpeg with libx264.
set -euo pipefail
cd "$(dirname "$0")"
ffmpeg=${FFMPEG:-ffmpeg}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Pictures of one colour each: red, green, blue, white, grey, black.
i=0
for colour in ff0000 00ff00 0000ff ffffff 808080 000000; do
  "$ffmpeg" -v error -f lavfi -i "color=0x$colour:s=64x48:d=0.04,format=rgb24" -frames:v 1 "$tmp/small-$i.png"
  "$ffmpeg" -v error -f lavfi -i "color=0x$colour:s=96x64:d=0.04,format=rgb24" -frames:v 1 "$tmp/large-$i.png"
  i=$((i + 1))
done
to709='scale=out_color_matrix=bt709:out_range=tv,format=yuv420p'
tag709='-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv'
exact='-map_metadata -1 -fflags +bitexact -flags:v +bitexact'
h264="-c:v libx264 -qp 1 -pix_fmt yuv420p $tag709"

# Ten a second, with pictures that are predicted from both sides; the index stands before the data.
"$ffmpeg" -v error -y -framerate 10 -i "$tmp/small-%d.png" -vf "$to709" $h264 -bf 2 $exact -movflags +faststart colours.mp4
# At 0, 100, 400, 1000, 1100 and 1200 ms: six pictures at times of their own.
"$ffmpeg" -v error -y -framerate 10 -i "$tmp/small-%d.png" -vf "$to709,setpts='(N+2*gte(N,2)+5*gte(N,3))/10/TB'" -fps_mode vfr $h264 -bf 0 $exact \
  irregular.mkv
# Three of 64 x 48, then three of 96 x 64 whose times begin anew: two recordings, one behind the other. Sound runs beside them.
for part in small large; do
  "$ffmpeg" -v error -y -framerate 10 -start_number "$([ $part = small ] && echo 0 || echo 3)" -i "$tmp/$part-%d.png" -f lavfi -i sine=440:d=0.3 \
    -frames:v 3 -vf "$to709" $h264 -bf 0 -c:a mp2 $exact -f mpegts "$tmp/$part.ts"
done
cat "$tmp/small.ts" "$tmp/large.ts" > sizes.ts
# A test picture that moves, each picture on its own.
"$ffmpeg" -v error -y -f lavfi -i "testsrc=s=64x48:r=10:d=0.8" -c:v mjpeg -q:v 4 -pix_fmt yuvj420p $exact moving.avi
# Sound alone.
"$ffmpeg" -v error -y -f lavfi -i sine=440:d=0.1 -ar 8000 -c:a pcm_s16le $exact sound.wav
# As a telephone held upright writes it: the pictures lie on their side and the file says to turn them. Red is above, blue below.
"$ffmpeg" -v error -y -f lavfi -i "color=red:s=24x48:d=0.2:r=10" -f lavfi -i "color=blue:s=40x48:d=0.2:r=10" -filter_complex "[0][1]hstack,$to709" \
  $h264 -bf 0 $exact "$tmp/lying.mp4"
"$ffmpeg" -v error -y -display_rotation 270 -i "$tmp/lying.mp4" -c copy $exact upright.mp4
ls -l
