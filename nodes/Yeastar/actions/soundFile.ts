import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Clock } from '../../transport/Clock';
import type { OperationResult } from '../../actions/Operation';
import { concurrencyLimit } from '../../transport/concurrency';
import { ServiceError } from '../../transport/ServiceError';
import { pbxError } from '../transport/errors';
import type { YeastarPbx } from '../transport/yeastarPbx';

/** Sound that the PBX keeps: a recording or a voicemail message. */
export interface SoundFile {
	fileName: string;
	mimeType: string;
	bytes: Buffer;
}

/** A PBX that converts recordings to MP3 serves one download at a time (yeastar.md, 2). */
const oneByOne = concurrencyLimit(1);

const ASK_AGAIN_AFTER_MS = 5_000;
/** How the PBX may answer before it has written the file; a wrong name is answered alike. */
const NOT_THERE_YET: ReadonlySet<string> = new Set(['-1', '2', '40002', '60001']);

const MIME_TYPES: Record<string, string> = { wav: 'audio/wav', mp3: 'audio/mpeg' };

/**
 * Fetches a sound file in the two steps of the PBX: an address that is valid for a while, then the file at it.
 *
 * @param name the query of the first step
 * @returns null if the PBX does not have the file (yet)
 * @throws ServiceError
 */
export async function fetchSoundFile(
	pbx: YeastarPbx,
	endpoint: 'recording/download' | 'vm/download',
	name: Record<string, string>,
): Promise<SoundFile | null> {
	return await oneByOne(pbx.baseUrl, async () => {
		try {
			const { file, download_resource_url: path } = await pbx.get<{
				file?: string;
				download_resource_url?: string;
			}>(endpoint, name);
			if (!path) throw pbxError(endpoint, { errcode: 60001 });
			const { bytes, contentType } = await pbx.download(path);
			if (bytes.length === 0) return null;
			const fileName = file ?? path.split('/').at(-1) ?? 'sound.wav';
			const extension = fileName.split('.').at(-1)?.toLowerCase() ?? '';
			return { fileName, mimeType: MIME_TYPES[extension] ?? contentType, bytes };
		} catch (error) {
			if (error instanceof ServiceError && NOT_THERE_YET.has(error.code ?? '')) return null;
			return await Promise.reject(error as Error);
		}
	});
}

/**
 * Asks again every few seconds for what the PBX writes only some seconds after a call.
 *
 * @param look gives null while it is not there
 * @param patienceMs how long to wait for it
 * @returns null if it has not turned up
 */
export async function onceThere<Found>(
	look: () => Promise<Found | null>,
	patienceMs: number,
	clock: Clock,
): Promise<Found | null> {
	const deadline = clock.now() + patienceMs;
	for (;;) {
		const found = await look();
		if (found !== null) return found;
		if (clock.now() + ASK_AGAIN_AFTER_MS > deadline) return null;
		await clock.sleep(ASK_AGAIN_AFTER_MS);
	}
}

/**
 * The error for a file that has not turned up.
 *
 * @param fact such as `The PBX has no recording x.wav`
 */
export function fileNotThere(fact: string, patienceMs: number, advice: string): ServiceError {
	const { service, kind, code } = pbxError('download', { errcode: 60001 });
	const message = `${fact}, also not after ${Math.round(patienceMs / 1_000)} seconds`;
	return new ServiceError({ service, kind, code, message, advice });
}

export const outputFileField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
};

/** The file in the binary field that `outputFileField` names. */
export async function binaryOf(
	context: IExecuteFunctions,
	itemIndex: number,
	{ bytes, fileName, mimeType }: SoundFile,
): Promise<NonNullable<OperationResult['binary']>> {
	const field = context.getNodeParameter('binaryPropertyName', itemIndex) as string;
	return { [field]: await context.helpers.prepareBinaryData(bytes, fileName, mimeType) };
}
