/** Text to tokens and back: the byte-level tokenizer, the chat template with its image placeholders, and streamed decoding. */
package dev.continuo.reasoning.text;
