import type { TransferredFile } from '../../transport/multipart';
import type { WeComMediaType } from '../transport/media';
import { amrDuration } from './amrDuration';
import { contentOf, type FileContent } from './fileContent';
import { LONGEST_VOICE_SECONDS, MEDIA_LIMITS, sizeInWords, SMALLEST_BYTES } from './mediaLimits';

/** Why something is not sent: one sentence without a full stop, and what to do. */
export interface Objection {
	reason: string;
	advice: string;
}

const CONTENTS: Readonly<Record<WeComMediaType, ReadonlySet<FileContent> | null>> = {
	image: new Set(['jpg', 'png']),
	voice: new Set(['amr']),
	video: new Set(['mp4']),
	file: null,
};

const TYPES: Partial<Record<FileContent, WeComMediaType>> = {
	jpg: 'image',
	png: 'image',
	amr: 'voice',
	mp4: 'video',
};

const PICTURE_NAME = /\.(?:jpe?g|png|gif|bmp|webp)$/i;
const PICTURE_TYPE = /^image\/(?:jpe?g|png|gif|bmp|webp)$/i;

/** What customers get without a look of its own, up to 20 MB. */
const AS_A_FILE = 'send it as a file (in a reply: packed as a ZIP archive), which may have 20 MB';

/** How a file of a reply is sent: by its content, so that customers see and hear what they can. */
export function mediaTypeOf({ bytes }: TransferredFile): WeComMediaType {
	return TYPES[contentOf(bytes)] ?? 'file';
}

/** Why WeCom would not take a file in this form, by its size, its content and its duration; null if it would. */
export function objectionTo(file: TransferredFile, type: WeComMediaType): Objection | null {
	return (
		objectionToSize(file.name, file.bytes.length, type) ??
		objectionToContent(file, type) ??
		(type === 'voice' ? objectionToDuration(file) : null)
	);
}

/** The part of it that needs no content. */
export function objectionToSize(
	name: string,
	size: number,
	type: WeComMediaType,
): Objection | null {
	const { name: kind, largestBytes } = MEDIA_LIMITS[type];
	if (size < SMALLEST_BYTES) {
		return {
			reason: `The file ${name} has ${sizeInWords(size)}, and WeCom takes no file below ${SMALLEST_BYTES} bytes`,
			advice: 'Check the file: it may be empty or damaged. Attach it anew.',
		};
	}
	if (size <= largestBytes) return null;
	const fact = `The file ${name} has ${sizeInWords(size)}, and ${kind} may have ${sizeInWords(largestBytes)} at most in WeCom`;
	if (type === 'file') {
		return { reason: fact, advice: 'Send a smaller file, or a link to it as text.' };
	}
	return { reason: fact, advice: `Make it smaller, or ${AS_A_FILE}.` };
}

/** A file of a reply that says it is a picture and is none would be a dead file to the customer; null if it is fine. */
export function objectionToFalsePicture({
	name,
	mimeType,
	bytes,
}: TransferredFile): Objection | null {
	const isSaidToBePicture = PICTURE_NAME.test(name) || PICTURE_TYPE.test(mimeType ?? '');
	if (!isSaidToBePicture || ['jpg', 'png', 'otherPicture'].includes(contentOf(bytes))) return null;
	return {
		reason: `The file ${name} (${sizeInWords(bytes.length)}) is said to be a picture, and its content is none`,
		advice:
			'Open the file to see whether it is damaged. If it is something else, give it the right name and send it again.',
	};
}

function objectionToContent(
	{ name, bytes }: TransferredFile,
	type: WeComMediaType,
): Objection | null {
	const content = contentOf(bytes);
	if (CONTENTS[type]?.has(content) !== false) return null;
	const { name: kind, formats } = MEDIA_LIMITS[type];
	const found = content === 'mp3' ? 'an MP3' : `not ${formats.replace(' and ', ' or ')}`;
	return {
		reason: `The file ${name} (${sizeInWords(bytes.length)}) is ${found}, and as ${kind} WeCom takes ${formats} only`,
		advice: `Convert it to ${formats.replace(' and ', ' or ')}, or send it as a file.`,
	};
}

function objectionToDuration({ name, bytes }: TransferredFile): Objection | null {
	const milliseconds = amrDuration(bytes);
	const size = sizeInWords(bytes.length);
	if (milliseconds === null) {
		return {
			reason: `The file ${name} (${size}) begins like an AMR file, and its content is damaged`,
			advice: 'Record or convert it anew, or send it as an MP3, which goes as a file.',
		};
	}
	if (milliseconds <= LONGEST_VOICE_SECONDS * 1_000) return null;
	const seconds = Math.ceil(milliseconds / 100) / 10;
	return {
		reason: `The voice message ${name} (${size}) lasts ${seconds} seconds, and WeCom takes ${LONGEST_VOICE_SECONDS} seconds at most`,
		advice: 'Shorten it, or send it as a file (in a reply: as an MP3).',
	};
}
