import type { WeComMediaType } from '../transport/media';

export interface MediaLimit {
	/** As people call it, with its article. */
	name: string;
	/** The formats that WeCom takes, as people call them; empty if it takes all. */
	formats: string;
	largestBytes: number;
}

const MB = 1024 * 1024;

/** The vendor's table (wecom-kf.md, 10.1). */
export const MEDIA_LIMITS: Readonly<Record<WeComMediaType, MediaLimit>> = {
	image: { name: 'an image', formats: 'JPG and PNG', largestBytes: 10 * MB },
	voice: { name: 'a voice message', formats: 'AMR', largestBytes: 2 * MB },
	video: { name: 'a video', formats: 'MP4', largestBytes: 10 * MB },
	file: { name: 'a file', formats: '', largestBytes: 20 * MB },
};

/** Every file must be larger than 5 bytes (wecom-kf.md, 10.1). */
export const SMALLEST_BYTES = 6;

export const LONGEST_VOICE_SECONDS = 60;

/** The largest file that any type allows. */
export const LARGEST_BYTES = MEDIA_LIMITS.file.largestBytes;

/** A size as people read it, such as `10.3 MB` or `5 bytes`; never rounded down to a limit that it exceeds. */
export function sizeInWords(bytes: number): string {
	if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
	if (bytes < MB) return `${tenths(bytes / 1024)} KB`;
	return `${tenths(bytes / MB)} MB`;
}

function tenths(value: number): string {
	return String(Math.ceil(value * 10) / 10);
}
