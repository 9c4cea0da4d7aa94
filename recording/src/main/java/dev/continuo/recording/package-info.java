/**
 * What a run leaves behind for later: the messages on the bus kept as they are, episodes found among them again, and their exchange with others as LeRobot
 * datasets and MCAP files.
 */
package dev.continuo.recording;
