/**
 * Video files as cameras, decoded by FFmpeg in the thread that polls: {@link dev.continuo.perception.video.VideoCamera} keeps the time,
 * {@link dev.continuo.perception.video.VideoFile} is one pass through a file, {@link dev.continuo.perception.video.VideoPicture} one picture.
 */
package dev.continuo.perception.video;
