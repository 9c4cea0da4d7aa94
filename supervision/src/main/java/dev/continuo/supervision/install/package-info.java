/** Continuo as a service of the operating system: what is put where, and how it stands. */
package dev.continuo.supervision.install;
