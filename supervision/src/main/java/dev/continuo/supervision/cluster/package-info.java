/** The control plane between processes: a Pekko Cluster over Artery, {@code aeron-udp} or with certificates {@code tls-tcp}, and the messages that travel on it. */
package dev.continuo.supervision.cluster;
