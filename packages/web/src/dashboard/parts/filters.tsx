import type { ComponentChildren } from "preact";
import { useDesk } from "../shell/desk.ts";
import { inBoth } from "../texts.ts";

const filterTexts = inBoth({ filter: "Filtrar", clear: "Limpar" }, { filter: "Filter", clear: "Clear" });

interface FiltersProps {
  /** Where it leads: the list itself. */
  to: string;
  label: string;
  /** Filters of the address that have no field here: they stay. */
  kept?: Readonly<Record<string, string>>;
  children: ComponentChildren;
}

/** A form whose state is in the address. */
export function Filters({ to, label, kept = {}, children }: FiltersProps) {
  const texts = useDesk().say(filterTexts);
  return (
    <form class="filters" method="get" action={to} aria-label={label}>
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <div class="presses">
        <button type="submit" class="button quiet small">
          {texts.filter}
        </button>
        <a href={to}>{texts.clear}</a>
      </div>
    </form>
  );
}

interface FilterProps {
  name: string;
  label: string;
  value: string;
}

/** The names of a list's filters, each with what the address has for it. */
export function fieldsOf(filter: Readonly<Record<string, string>>): (name: string) => Omit<FilterProps, "label"> {
  return (name) => ({ name, value: filter[name] ?? "" });
}

/** A day of the calendar. */
export function DateFilter({ name, label, value }: FilterProps) {
  return (
    <div class="filter">
      <label for={`filter-${name}`}>{label}</label>
      <input id={`filter-${name}`} name={name} type="date" value={value} />
    </div>
  );
}

/** Words as they are typed. */
export function TextFilter({ name, label, value }: FilterProps) {
  return (
    <div class="filter">
      <label for={`filter-${name}`}>{label}</label>
      <input id={`filter-${name}`} name={name} type="text" value={value} autocomplete="off" />
    </div>
  );
}

interface SelectFilterProps extends FilterProps {
  /** What is called when nothing is chosen. */
  any: string;
  options: readonly { value: string; label: string }[];
}

/** One of a few, or any. */
export function SelectFilter({ name, label, value, any, options }: SelectFilterProps) {
  return (
    <div class="filter">
      <label for={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} name={name}>
        <option value="">{any}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
