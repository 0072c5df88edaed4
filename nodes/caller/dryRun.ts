/** What stands in an item instead of what a dry run has not created. */
export const DRY_RUN_REASON = 'Nothing is created in a dry run.';

/** Whether Call Rules has decided about the item in a dry run, after which nothing may be written. */
export function isDryRun(json: { decision?: unknown }): boolean {
	return (json.decision as { dryRun?: boolean } | null | undefined)?.dryRun === true;
}
