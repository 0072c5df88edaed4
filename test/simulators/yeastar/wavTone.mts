const samplesPerSecond = 8000;
const longestSeconds = 2;

/**
 * A playable WAV (8 kHz, mono, 8 bit) with a soft 440 Hz tone. Long conversations are cut to two seconds: tests want
 * real audio, not megabytes.
 */
export function toneAsWav(seconds: number): Buffer {
	const samples = Math.round(Math.min(Math.max(seconds, 1), longestSeconds) * samplesPerSecond);
	const wav = Buffer.alloc(44 + samples);
	wav.write('RIFF', 0);
	wav.writeUInt32LE(36 + samples, 4);
	wav.write('WAVEfmt ', 8);
	wav.writeUInt32LE(16, 16);
	wav.writeUInt16LE(1, 20);
	wav.writeUInt16LE(1, 22);
	wav.writeUInt32LE(samplesPerSecond, 24);
	wav.writeUInt32LE(samplesPerSecond, 28);
	wav.writeUInt16LE(1, 32);
	wav.writeUInt16LE(8, 34);
	wav.write('data', 36);
	wav.writeUInt32LE(samples, 40);
	for (let index = 0; index < samples; index++) {
		const angle = (2 * Math.PI * 440 * index) / samplesPerSecond;
		wav[44 + index] = 128 + Math.round(40 * Math.sin(angle));
	}
	return wav;
}
