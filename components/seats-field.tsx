import { words } from '@/lib/reader';
import { Field } from './ui/field';

/** Asks for the number of seats of a plan that is sold by the seat. */
export async function SeatsField({ min, max, seats }: { min: number; max: number; seats: number }) {
  return (
    <Field
      label={(await words()).pricing.seats}
      name="seats"
      type="number"
      required
      min={min}
      max={max}
      defaultValue={seats}
    />
  );
}
