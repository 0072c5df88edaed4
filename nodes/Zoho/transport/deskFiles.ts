import { fileNameIn } from '../../transport/contentDisposition';
import { multipartFile, plainFileName, type TransferredFile } from '../../transport/multipart';
import { refusedBy } from '../../transport/refusedBy';
import { ZOHO_DESK } from './deskErrors';
import { DESK_API_PATH, type ZohoDeskAnswer, type ZohoDeskClient } from './zohoDesk';

/** A file on its way to or from Zoho Desk. */
export type DeskFile = TransferredFile;

const refusal = refusedBy(ZOHO_DESK);

/** Commonly quoted; Zoho's documents name no limit (zoho-desk.md, 3.6). */
export const LARGEST_FILE_BYTES = 20 * 1024 * 1024;

/** A slow line takes its time for 20 MB. */
const FILE_TIMEOUT_MS = 300_000;

/** The request that sends a file in the one part `file` of a multipart body (zoho-desk.md, 3.6). */
export function fileUpload(path: string, file: DeskFile, query?: Record<string, boolean>) {
	return {
		method: 'POST' as const,
		path,
		query,
		...multipartFile('file', file),
		timeoutMs: FILE_TIMEOUT_MS,
	};
}

/** The file at a path below `/api/v1`, in one credit. */
export async function downloadFile(
	client: ZohoDeskClient,
	path: string,
	query?: Record<string, string>,
): Promise<DeskFile> {
	const answer = await client.read({
		method: 'GET',
		path,
		query,
		answerAs: 'bytes',
		timeoutMs: FILE_TIMEOUT_MS,
	});
	if (answer.bytes === undefined || answer.bytes.length === 0) {
		throw refusal(
			'Zoho Desk has given no content for the attachment',
			'Open the attachment in Zoho Desk; it may be empty.',
		);
	}
	const name = fileNameIn(answer.headers['content-disposition']);
	return {
		name: name === null ? attachmentIdIn(path) : plainFileName(name),
		mimeType: mimeTypeIn(answer),
		bytes: answer.bytes,
	};
}

/**
 * Where a file is, from the `href` of an attachment: absolute or relative, with or without `/api/v1` (zoho-desk.md, 3.6).
 *
 * @param deskApiUrl the only address that may be asked, since the token goes along
 * @throws ServiceError if it is somewhere else, or no attachment
 */
export function pathOfHref(
	href: string,
	deskApiUrl: string,
): { path: string; query: Record<string, string> } {
	const { origin } = new URL(deskApiUrl);
	const base = `${origin}${DESK_API_PATH}/`;
	const url = URL.canParse(href, base) ? new URL(href, base) : null;
	if (url && url.origin !== origin) {
		throw refusal(
			`The attachment is said to be at ${url.host || href.slice(0, 100)}, which is not the Desk API address of the credential`,
			`Only ${new URL(origin).host} is asked, since the token goes along. Give the address as Attachment > Get Many has it, or check the data centre in the credential.`,
		);
	}
	const path = (url?.pathname ?? '').replace(new RegExp(`^${DESK_API_PATH}`), '');
	if (!url || !/^(\/\w+)+\/attachments\/\d+(\/content)?$/.test(path)) {
		throw refusal(
			href === ''
				? 'The address of the attachment is empty'
				: `"${href.slice(0, 200)}" is not the address of an attachment`,
			'Give the href of an attachment, as Attachment > Get Many has it, or choose the attachment by ID.',
		);
	}
	return { path, query: Object.fromEntries(url.searchParams) };
}

function mimeTypeIn({ headers }: ZohoDeskAnswer): string | null {
	const [type] = (headers['content-type'] ?? '').split(';');
	return type.trim() === '' || type.trim() === 'application/octet-stream' ? null : type.trim();
}

/** Of the attachment whose content lies at a path. */
export function attachmentIdIn(path: string): string {
	return (
		path
			.replace(/\/content$/, '')
			.split('/')
			.at(-1) ?? 'attachment'
	);
}
