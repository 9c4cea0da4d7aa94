/** Who proves with which certificate who it is, and who is believed: read from PEM files, again whenever they change. The cryptography is the JDK's. */
package dev.continuo.supervision.tls;
