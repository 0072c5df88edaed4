import fc from 'fast-check';

/**
 * Any character there is and half of any, for `fc.string({ unit: anyCodePoint })`. The unit `binary` is the same, but
 * writes a table of all 1.1 million first.
 */
export const anyCodePoint = fc
	.integer({ min: 0, max: 0x10_ff_ff })
	.map((codePoint) => String.fromCodePoint(codePoint));
