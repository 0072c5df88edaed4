import type { IExecuteFunctions } from 'n8n-workflow';

/** What a person or an expression has filled in, without blanks around it; empty if there is nothing. */
export function textParameter(context: IExecuteFunctions, name: string, itemIndex: number): string {
	return String(context.getNodeParameter(name, itemIndex, '') ?? '').trim();
}
