import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../../call/Call';
import { mentionsCall, withCallIdLine } from '../../callLog/texts';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { htmlOf, textOfHtml, textWithRecordingLink } from '../htmlText';
import { writeCommentOfCall } from './writing';

/** What is to stand on a ticket about one call. */
export interface CallEntry {
	call: Call;
	ticketId: string;
	subject: string;
	/** As a person typed it, or the facts of the call; HTML becomes text. */
	description: string;
	/** Address of the recording; empty for none. */
	recordingLink: string;
	/** Looks among the comments before the first try. */
	lookFirst: boolean;
}

/**
 * Puts the facts of a call on a ticket as an internal comment, once for the call and the ticket, whichever operation asks
 * for it: a ticket that a call was added to needs no second entry where the log, too, is a comment.
 */
export async function writeCallEntry(
	client: ZohoDeskClient,
	{ call, ticketId, subject, description, recordingLink, lookFirst }: CallEntry,
): Promise<{ comment: IDataObject; isNew: boolean }> {
	const text = withCallIdLine(`${subject}\n${textOfHtml(htmlOf(description))}`, call.callId);
	const content = textWithRecordingLink(text, recordingLink, call.callId);
	return await writeCommentOfCall(
		client,
		{ ticketId, content, contentType: 'plainText', isPublic: false },
		{
			call,
			mark: 'entry',
			lookFirst,
			isOwn: (each) => mentionsCall(textOfHtml(each.content), call.callId),
		},
	);
}
