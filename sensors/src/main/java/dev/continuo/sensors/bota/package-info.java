/** Force-torque sensors of Bota Systems (Rokubi, SensONE, MiniONE, LaxONE) on a serial line: RS-422 or USB. */
package dev.continuo.sensors.bota;
