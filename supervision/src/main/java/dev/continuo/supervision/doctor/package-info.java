/** What the machine lacks for real-time work, and how to get it. */
package dev.continuo.supervision.doctor;
