/**
 * Cameras and frames: pictures over HTTP, from this computer's cameras, from a folder or a video, newest first, and what the vision tower is shown of them.
 *
 * <p>Plain Java, usable as a library. Frames are buffers that their user owns and that are filled again and again.
 */
package dev.continuo.perception;
