/**
 * Video files as cameras, decoded by FFmpeg in the thread that polls: {@link dev.continuo.perception.video.VideoCamera} keeps the time,
 * {@link dev.continuo.perception.video.VideoFile} is one pass through a file, {@link dev.continuo.perception.video.VideoPicture} one picture.
 * Video files as recordings: {@link dev.continuo.perception.video.VideoFileWriter} and {@link dev.continuo.perception.video.VideoFileJoiner}
 * make them, {@link dev.continuo.perception.video.VideoFileReader} reads them from any time on.
 */
package dev.continuo.perception.video;
