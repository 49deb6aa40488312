/** Metadata of a number: its unit, for messages about it and for the API's description. */
export function inUnit(unit: string, note?: string): { description: string; 'x-unit': string } {
  return { description: note ? `${unit}, ${note}` : unit, 'x-unit': unit };
}
