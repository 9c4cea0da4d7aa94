/** The control plane between processes: a Pekko Cluster over Artery {@code aeron-udp}, and the messages that travel on it. */
package dev.continuo.supervision.cluster;
