import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ServiceError } from '../../transport/ServiceError';
import type { WeComMedia, WeComMessage } from '../message/WeComMessage';
import type { WeComClient } from '../transport/weCom';
import type { WeComTriggerSettings } from './triggerSettings';

export type PrepareBinaryData = (
	bytes: Buffer,
	fileName?: string,
	mimeType?: string,
) => Promise<IBinaryData>;

const EXTENSIONS: Readonly<Partial<Record<string, string>>> = {
	'audio/amr': 'amr',
	'image/gif': 'gif',
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'video/mp4': 'mp4',
};
const UNKNOWN_TYPE = 'application/octet-stream';

/** The item for a message, with its file if wanted. A file that cannot be had holds nothing up: `media.error` says why. */
export async function messageItem(
	message: WeComMessage,
	{ downloadMedia, binaryPropertyName }: WeComTriggerSettings,
	client: () => Promise<WeComClient>,
	prepare: PrepareBinaryData,
): Promise<INodeExecutionData> {
	const { media } = message;
	if (!media || !downloadMedia) return { json: jsonOf(message) };
	return await withFile(message, media, binaryPropertyName, client, prepare).catch(
		(error: unknown) => ({
			json: jsonOf({ ...message, media: { ...media, error: sentenceFor(error) } }),
		}),
	);
}

async function withFile(
	message: WeComMessage,
	media: WeComMedia,
	field: string,
	client: () => Promise<WeComClient>,
	prepare: PrepareBinaryData,
): Promise<INodeExecutionData> {
	const { name, mimeType, bytes } = await (await client()).download(media.mediaId);
	const fileName = name ?? media.fileName ?? nameFor(message, mimeType);
	const binary = await prepare(bytes, fileName, mimeType === UNKNOWN_TYPE ? undefined : mimeType);
	const text = message.type === 'file' ? `[File] ${fileName}` : message.text;
	return {
		json: jsonOf({
			...message,
			text,
			media: { ...media, fileName, mimeType: binary.mimeType, sizeBytes: bytes.length },
		}),
		binary: { [field]: binary },
	};
}

/** A name for what has none, such as `image 2026-03-01 09.15.00.jpg`; the time is UTC. */
function nameFor({ type, sentAt }: WeComMessage, mimeType: string): string {
	const time = sentAt.slice(0, 19).replace('T', ' ').replaceAll(':', '.');
	const extension = EXTENSIONS[mimeType];
	return extension === undefined ? `${type} ${time}` : `${type} ${time}.${extension}`;
}

function sentenceFor(error: unknown): string {
	const { message } = error as Error;
	return error instanceof ServiceError ? `${message}. ${error.advice}` : message;
}

export function jsonOf(message: WeComMessage): IDataObject {
	return message as unknown as IDataObject;
}
