/**
 * What the control path needs of Linux, called directly through the foreign function interface: terminals, pseudo-terminals, sockets,
 * real-time scheduling, absolute sleeps.
 *
 * <p>All memory that a call needs is allocated beforehand; no call on the control path allocates.
 */
package dev.continuo.hardware.linux;
