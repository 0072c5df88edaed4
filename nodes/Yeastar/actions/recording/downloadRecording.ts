import { concurrencyLimit } from '../../../transport/concurrency';
import { systemClock, type Clock } from '../../../transport/Clock';
import { ServiceError } from '../../../transport/ServiceError';
import { pbxError } from '../../transport/errors';
import type { YeastarPbx } from '../../transport/yeastarPbx';

export interface RecordingFile {
	fileName: string;
	mimeType: string;
	bytes: Buffer;
}

/** By the file name that calls and records carry, or by the ID in the list of recordings. */
export type RecordingName = { file: string } | { id: string };

/** A PBX that converts recordings to MP3 serves one download at a time (yeastar.md, 2). */
const oneByOne = concurrencyLimit(1);

const ASK_AGAIN_AFTER_MS = 5_000;
/** How the PBX may answer before it has written the file; a wrong name is answered alike. */
const NOT_THERE_YET: ReadonlySet<string> = new Set(['-1', '2', '40002', '60001']);

const MIME_TYPES: Record<string, string> = { wav: 'audio/wav', mp3: 'audio/mpeg' };

/**
 * Fetches a recording. The PBX writes the file some seconds after the call: while it is not there, it is asked for again.
 *
 * @param patienceMs how long to wait for the file
 * @throws ServiceError (`notFound` if it does not turn up)
 */
export async function downloadRecording(
	pbx: YeastarPbx,
	recording: RecordingName,
	patienceMs: number,
	clock: Clock = systemClock,
): Promise<RecordingFile> {
	const deadline = clock.now() + patienceMs;
	for (;;) {
		const file = await oneByOne(pbx.baseUrl, async () => await attempt(pbx, recording));
		if (file) return file;
		if (clock.now() + ASK_AGAIN_AFTER_MS > deadline) throw notThere(recording, patienceMs);
		await clock.sleep(ASK_AGAIN_AFTER_MS);
	}
}

/** @returns null if the PBX does not have the file (yet) */
async function attempt(pbx: YeastarPbx, recording: RecordingName): Promise<RecordingFile | null> {
	try {
		const { file, download_resource_url: path } = await pbx.get<{
			file?: string;
			download_resource_url?: string;
		}>('recording/download', recording);
		if (!path) throw pbxError('recording/download', { errcode: 60001 });
		const { bytes, contentType } = await pbx.download(path);
		if (bytes.length === 0) return null;
		const fileName = file ?? path.split('/').at(-1) ?? 'recording.wav';
		const extension = fileName.split('.').at(-1)?.toLowerCase() ?? '';
		return { fileName, mimeType: MIME_TYPES[extension] ?? contentType, bytes };
	} catch (error) {
		if (error instanceof ServiceError && NOT_THERE_YET.has(error.code ?? '')) return null;
		return await Promise.reject(error as Error);
	}
}

function notThere(recording: RecordingName, patienceMs: number): ServiceError {
	const name = 'file' in recording ? recording.file : `with ID ${recording.id}`;
	const { service, kind, code } = pbxError('recording/download', { errcode: 60001 });
	return new ServiceError({
		service,
		kind,
		code,
		message: `The PBX has no recording ${name}, also not after ${Math.round(patienceMs / 1_000)} seconds`,
		advice:
			'Check the name; the recording may have been deleted or moved to an archive. For long calls, raise Wait for File (Seconds).',
	});
}
