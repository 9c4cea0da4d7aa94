/** What takes bytes from outside, made ready to be fed by a fuzzer: decoders of wires and files, and the arm's agent with whatever may come on its bus. */
package dev.continuo.proving.fuzz;
