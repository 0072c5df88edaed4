import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { PbxRefusal, refusalBody } from './errcodes.mts';
import { compactTime } from './pbxClock.mts';
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
	response
		.type('audio/wav')
		.set('Content-Disposition', `attachment; filename="${address.file}"`)
		.send(toneAsWav(address.seconds));
}

/** First step of a download: the address at which the file can be had for a while. */
export function downloadAnswer(pbx: PbxState, path: string, file: string, seconds: number) {
	const { now, downloadSeconds } = pbx.settings;
	pbx.downloads.set(path, { file, seconds, endsAt: now() + downloadSeconds * 1000 });
	return { file, download_resource_url: path };
}

/** What makes each name of a downloaded file its own: the local time and chance. */
export function downloadStamp({ settings: { now, timeZone } }: PbxState): string {
	const random = randomBytes(6).toString('hex');
	return `${compactTime(Math.floor(now() / 1000), timeZone)}-${random}`;
}

function refusalOf(pbx: PbxState, request: Request, endsAt: number | undefined): PbxRefusal | null {
	const userAgent = request.get('user-agent') ?? '';
	if (userAgent === '') return new PbxRefusal(10005);
	const token = request.query.access_token;
	if (typeof token !== 'string' || !pbx.tokens.isLive(token)) return new PbxRefusal(10004);
	if (endsAt === undefined || endsAt <= pbx.settings.now()) return new PbxRefusal(60001);
	return null;
}
