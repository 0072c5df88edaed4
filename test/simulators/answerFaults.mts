import type { NextFunction, Request, Response } from 'express';

/** An answer that is spoilt. `Errcode`: the codes that the service has. */
export interface AnswerFault<Errcode extends number = number> {
	kind:
		| 'serverError' // HTTP 500 with the web server's page
		| 'html' // HTTP 200 with a page, as a portal or proxy answers
		| 'notJson' // HTTP 200, JSON content type, cut-off body
		| 'errcode' // HTTP 200 with `errcode`, the service's own refusal
		| 'tooMany' // HTTP 429
		| 'hang' // no answer until the simulator is closed
		| 'slow' // the right answer after `milliseconds`
		| 'drop' // the connection breaks
		| 'dropAfterwards' // the request takes effect, then the connection breaks
		| 'serverErrorAfterwards'; // the request takes effect, then HTTP 500
	/** Only paths that contain this, e.g. `cdr/search`. Default: all. */
	path?: string;
	/** So many requests of this path are answered well before. Default 0. */
	after?: number;
	/** How often; default: until taken away. */
	times?: number;
	errcode?: Errcode;
	milliseconds?: number;
}

/** The fault that spoils the next answer of this path; counts it down. */
export function takeAnswerFault<Errcode extends number>(
	faults: { answers: Array<AnswerFault<Errcode>> },
	path: string,
): AnswerFault<Errcode> | null {
	const ofPath = faults.answers.filter((candidate) => path.includes(candidate.path ?? ''));
	const fault = ofPath.find(({ after = 0 }) => after <= 0);
	for (const waiting of ofPath) if ((waiting.after ?? 0) > 0) waiting.after = waiting.after! - 1;
	if (fault === undefined) return null;
	if (fault.times !== undefined && --fault.times <= 0) {
		faults.answers = faults.answers.filter((candidate) => candidate !== fault);
	}
	return fault;
}

/** Answers as the fault says, or lets the request go on and spoils its answer; `refusal` is the body of an errcode. */
export function spoilAnswer<Errcode extends number>(
	fault: AnswerFault<Errcode>,
	refusal: (errcode: Errcode | undefined) => object,
	request: Request,
	response: Response,
	next: NextFunction,
): void {
	switch (fault.kind) {
		case 'serverError':
			response.status(500).type('html').send('<html><body>500 Internal Server Error</body></html>');
			return;
		case 'tooMany':
			response.status(429).type('text').send('Too Many Requests\n');
			return;
		case 'html':
			response.type('html').send('<!DOCTYPE html><html><body>Log in to the portal</body></html>');
			return;
		case 'notJson':
			response.type('json').send('{"errcode":0,"errmsg":"SUCC');
			return;
		case 'errcode':
			response.json(refusal(fault.errcode));
			return;
		case 'hang':
			return;
		case 'drop':
			request.socket.destroy();
			return;
		case 'dropAfterwards':
			response.send = () => {
				request.socket.destroy();
				return response;
			};
			next();
			return;
		case 'serverErrorAfterwards':
			response.json = () =>
				response
					.status(500)
					.type('html')
					.send('<html><body>500 Internal Server Error</body></html>');
			next();
			return;
		case 'slow':
			setTimeout(next, fault.milliseconds ?? 1000).unref();
			return;
	}
}
