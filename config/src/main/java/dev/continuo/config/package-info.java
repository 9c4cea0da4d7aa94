/**
 * What a robot cell is: typed, validated, immutable profiles and the profiles that ship with Continuo.
 *
 * <p>The lowest room. It knows no other room, and every other room reads its settings from here. All quantities are in
 * SI units; a unit that the type does not carry is part of the name.
 */
package dev.continuo.config;
