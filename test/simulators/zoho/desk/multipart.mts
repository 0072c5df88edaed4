import type { Request } from 'express';
import type { UploadedFile } from './apiMessage.mts';
import { fieldError, refuse, refuseFields } from './apiMessage.mts';

/**
 * The one part `file` of a multipart body; Node's own reader refuses what is not well formed.
 *
 * @throws DeskRefusal 400 if the body cannot be read, 422 if it has other parts or `file` is no file
 */
export async function fileOf(request: Request): Promise<UploadedFile> {
	const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
	const type = String(request.headers['content-type']);
	const form = await new globalThis.Response(new Uint8Array(body), {
		headers: { 'content-type': type },
	})
		.formData()
		.catch(() => refuse(400, 'BAD_REQUEST', 'The multipart body cannot be read.'));
	const names = [...form.keys()];
	const file = form.get('file');
	if (file === null) return refuseFields([fieldError('file', 'missing')]);
	if (names.length > 1 || typeof file === 'string') {
		return refuseFields([fieldError(names.find((name) => name !== 'file') ?? 'file')]);
	}
	return {
		name: file.name,
		type: file.type || 'application/octet-stream',
		content: Buffer.from(await file.arrayBuffer()),
	};
}
