import type { Request, Response } from 'express';
import { PbxRefusal, refusalBody } from './errcodes.mts';
import type { PbxState } from './pbxState.mts';
import { toneAsWav } from './wavTone.mts';

/**
 * Second step of a download, outside `/openapi`. A failure is a small JSON body with status 200: the pitfall of the
 * reference's section 9.
 */
export function serveDownload(pbx: PbxState, request: Request, response: Response): void {
	const address = pbx.downloads.get(request.path);
	const refusal = refusalOf(pbx, request, address?.endsAt);
	if (refusal !== null || address === undefined) {
		response.json(refusalBody(refusal ?? new PbxRefusal(60001)));
		return;
	}
	const recording = pbx.recordings.find(({ file }) => file === address.file);
	response
		.type('audio/wav')
		.set('Content-Disposition', `attachment; filename="${address.file}"`)
		.send(toneAsWav(recording?.row.talk_duration ?? 1));
}

function refusalOf(pbx: PbxState, request: Request, endsAt: number | undefined): PbxRefusal | null {
	const userAgent = request.get('user-agent') ?? '';
	if (userAgent === '') return new PbxRefusal(10005);
	const token = request.query.access_token;
	if (typeof token !== 'string' || !pbx.tokens.isLive(token)) return new PbxRefusal(10004);
	if (endsAt === undefined || endsAt <= pbx.settings.now()) return new PbxRefusal(60001);
	return null;
}
