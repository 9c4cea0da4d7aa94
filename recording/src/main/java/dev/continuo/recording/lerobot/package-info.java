/**
 * Episodes as LeRobot datasets of format 3.0, written and read: numbers in Parquet files, pictures in MP4 files, the description in JSON.
 * {@link dev.continuo.recording.lerobot.LeRobotWriter} makes one that LeRobot itself loads and trains on,
 * {@link dev.continuo.recording.lerobot.LeRobotReader} goes through one, whoever made it.
 */
package dev.continuo.recording.lerobot;
