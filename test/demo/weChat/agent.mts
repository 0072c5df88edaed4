import { connectDesk } from '../../simulators/zoho/desk/deskClient.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import type { SampleFile } from './sampleFiles.mts';

interface Comment {
	ticketId: string;
	content: string;
	/** Public ones go to the customer. */
	isPublic: boolean;
	file?: SampleFile;
}

/** Does what an agent does in Zoho Desk: comments on a ticket, with a file. Answers the id of the comment. */
export async function commentOnTicket(
	zoho: ZohoSimulator,
	{ ticketId, content, isPublic, file }: Comment,
): Promise<string> {
	const files = file ? { attachmentIds: [await upload(zoho, file)] } : {};
	return zoho.desk.insert(
		'comments',
		{ ticketId, content, isPublic, contentType: 'plainText', ...files },
		{ announced: true },
	);
}

async function upload(zoho: ZohoSimulator, { name, bytes }: SampleFile): Promise<string> {
	const form = new FormData();
	form.append('file', new Blob([new Uint8Array(bytes)]), name);
	const { status, body } = await connectDesk(zoho)('POST', '/uploads', { form });
	if (status !== 200) throw new Error(`Zoho Desk does not take ${name}: ${JSON.stringify(body)}`);
	return (body as { id: string }).id;
}

/** The bytes of an attachment, as its link gives them to somebody who is logged in. */
export async function attachedBytes(zoho: ZohoSimulator, href: string): Promise<Buffer> {
	const { access_token: token } = zoho.issueToken();
	const headers = { authorization: `Zoho-oauthtoken ${token}`, orgId: zoho.desk.orgId };
	const response = await fetch(href, { headers });
	if (!response.ok) throw new Error(`Zoho Desk answers ${response.status} for ${href}`);
	return Buffer.from(await response.arrayBuffer());
}
