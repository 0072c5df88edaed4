import fc from 'fast-check';
import { amrDuration } from '../../../nodes/WeCom/files/amrDuration';
import {
	mediaTypeOf,
	objectionTo,
	objectionToFalsePicture,
} from '../../../nodes/WeCom/files/checkFile';
import { contentOf } from '../../../nodes/WeCom/files/fileContent';
import { MEDIA_LIMITS, sizeInWords } from '../../../nodes/WeCom/files/mediaLimits';
import type { WeComMediaType } from '../../../nodes/WeCom/transport/media';
import { amr, jpg, mp3, mp4, png, text } from './someFiles.mts';

const MB = 1024 * 1024;
const file = (name: string, bytes: Buffer, mimeType: string | null = null) => ({
	name,
	mimeType,
	bytes,
});

it.each([
	['photo.png', png(), 'image'],
	['photo', jpg(), 'image'],
	['voice.amr', amr(1), 'voice'],
	['film.mp4', mp4(), 'video'],
	['film.mov', mp4(100, 'qt  '), 'file'],
	['sound.m4a', mp4(100, 'M4A '), 'file'],
	['photo.heic', mp4(100, 'heic'), 'file'],
	['song.mp3', mp3(), 'file'],
	['photo.gif', Buffer.from('GIF89a......'), 'file'],
	['voice.amr', text(), 'file'],
	['list.pdf', Buffer.from('%PDF-1.7 .....'), 'file'],
	['empty', Buffer.alloc(0), 'file'],
])('%s goes as its content says', (name, bytes, type) => {
	expect(mediaTypeOf(file(name, bytes))).toBe(type);
});

it.each<[WeComMediaType, string, Buffer]>([
	['image', 'a.png', png()],
	['image', 'a.jpg', jpg(10 * MB)],
	['voice', 'a.amr', amr(60)],
	['video', 'a.mp4', mp4(10 * MB)],
	['file', 'a.txt', text(6)],
	['file', 'a.zip', text(20 * MB)],
])('as %s %s is taken', (type, name, bytes) => {
	expect(objectionTo(file(name, bytes), type)).toBeNull();
});

it.each<[WeComMediaType, string, Buffer, string[]]>([
	['image', 'a.png', png(10 * MB + 1), ['a.png', '10.1 MB', '10 MB', 'file']],
	[
		'image',
		'a.gif',
		Buffer.from('GIF89a......'),
		['a.gif', '12 bytes', 'JPG and PNG', 'as a file'],
	],
	['voice', 'a.mp3', mp3(), ['a.mp3', '100 bytes', 'MP3', 'AMR', 'send it as a file']],
	['voice', 'a.amr', amr(61), ['a.amr', '38.8 KB', '61 seconds', '60 seconds', 'as a file']],
	['voice', 'a.amr', amr(3_300), ['a.amr', '2.1 MB', '2 MB', 'as a file']],
	['voice', 'a.amr', Buffer.from('#!AMR\nno frames'), ['a.amr', 'damaged']],
	['video', 'a.mp4', mp4(10 * MB + 1), ['a.mp4', '10.1 MB', '10 MB', 'file']],
	['video', 'a.mov', mp4(100, 'qt  '), ['a.mov', 'MP4', 'as a file']],
	['file', 'a.txt', text(5), ['a.txt', '5 bytes', '6 bytes']],
	['file', 'a.zip', text(20 * MB + 1), ['a.zip', '20.1 MB', '20 MB', 'link']],
])('as %s %s is not taken', (type, name, bytes, words) => {
	const { reason = '', advice = '' } = objectionTo(file(name, bytes), type) ?? {};
	expect(words.filter((word) => !`${reason} ${advice}`.includes(word))).toEqual([]);
	expect(reason).toMatch(/^[A-Z].*[^.]$/s);
	expect(advice).toMatch(/\.$/);
});

it.each([
	['photo.png', text(), null, true],
	['photo', text(), 'image/jpeg', true],
	['photo.png', png(), null, false],
	['photo.png', jpg(), 'image/png', false],
	['photo.png', Buffer.from('RIFF....WEBPVP8 '), null, false],
	['drawing.svg', Buffer.from('<svg></svg>'), 'image/svg+xml', false],
	['list.txt', text(), 'text/plain', false],
])('%s is a false picture or not', (name, bytes, mimeType, isFalse) => {
	expect(objectionToFalsePicture(file(name, bytes, mimeType)) !== null).toBe(isFalse);
});

it('a voice is as long as its frames', () => {
	const frames = fc.array(fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 15), { minLength: 1 });
	const sizes = [13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1];
	fc.assert(
		fc.property(frames, (types) => {
			const bodies = types.map((type) => {
				const frame = Buffer.alloc(sizes[type], 0xff);
				frame[0] = (type << 3) | 0x04;
				return frame;
			});
			expect(amrDuration(Buffer.concat([Buffer.from('#!AMR\n'), ...bodies]))).toBe(
				types.length * 20,
			);
		}),
	);
});

it('every content is read, and what it is named after is taken', () => {
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 6, maxLength: 64 }), (content) => {
			const bytes = Buffer.from(content);
			const type = mediaTypeOf(file('a', bytes));
			expect(contentOf(bytes)).toEqual(expect.any(String));
			if (type !== 'voice') expect(objectionTo(file('a', bytes), type)).toBeNull();
		}),
	);
});

it('a size above a limit never reads like the limit', () => {
	const limits = Object.values(MEDIA_LIMITS).map(({ largestBytes }) => largestBytes);
	fc.assert(
		fc.property(fc.constantFrom(...limits), fc.integer({ min: 1, max: MB }), (limit, more) => {
			expect(sizeInWords(limit + more)).not.toBe(sizeInWords(limit));
		}),
	);
});
