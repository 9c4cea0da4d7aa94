/** Recordings in the formats of others. */
package dev.continuo.recording.export;
