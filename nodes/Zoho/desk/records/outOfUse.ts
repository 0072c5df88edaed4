import type { IDataObject } from 'n8n-workflow';

/** Whether nobody should find a record, or write to it: spam, and what lies in the recycle bin. */
export function isOutOfUse({ isSpam, isTrashed, isDeleted }: IDataObject): boolean {
	return [isSpam, isTrashed, isDeleted].some((mark) => String(mark) === 'true');
}
