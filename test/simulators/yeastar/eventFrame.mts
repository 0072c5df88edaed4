/** A frame as it goes over the wire, by socket or webhook. */
export interface EventFrame {
	type: number;
	sn: string;
	/** JSON text, or the object itself, as the PBX is set. */
	msg: string | Record<string, unknown>;
}

/** The ids that a PBX offers for subscription: 30005 to 30033; 30021 is not among them. */
export const offeredEventIds = Array.from({ length: 29 }, (_, index) => 30005 + index).filter(
	(id) => id !== 30021,
);
