// What can be varied in an experiment, as data. From this one list come the types, the controls on the page, the link format,
// the checking of tags in MDX, the ranges that tests try, and the command line.

interface Common<V> {
  label: string;
  /** One sentence: what the knob does in the system. */
  help?: string;
  default: V;
  /** The knob is shown, and kept in links, only while this holds. Typed loosely: a parameter cannot know its sisters. */
  shownWhen?: (values: Record<string, never>) => boolean;
}

interface Live {
  /**
   * May change in the middle of a run: `run` binds it by `context.live(name, set)`. The options of a live choice are told by their
   * place in links, so new ones are added at the end.
   */
  live?: boolean;
}

export interface NumberParameter extends Common<number>, Live {
  type: 'number' | 'integer';
  unit: string;
  min: number;
  max: number;
  step: number;
  /** The slider's track. Default linear. */
  scale?: 'linear' | 'log';
}

export interface ChoiceParameter<K extends string = string> extends Common<K>, Live {
  type: 'choice';
  /** Key, as in links and tags, to the words on the page. */
  options: Record<K, string>;
  /** One sentence on each option, shown while it is chosen. */
  optionHelp?: Record<K, string>;
  /** Headings of a long list, by key and in the order of the page; `groupOf` says under which one an option stands. */
  groups?: Record<string, string>;
  groupOf?: (option: string) => string;
}

export interface SwitchParameter extends Common<boolean>, Live {
  type: 'switch';
}

export interface ListParameter extends Common<number[]> {
  type: 'list';
  /** Every element. Its `default` fills up a list that is too short. */
  element: NumberParameter;
  /** How long the list is, from the other values. */
  length: (values: Record<string, never>) => number;
  /** Words for the element at `index`, counted from 0. */
  elementLabel?: (index: number) => string;
}

export type LiveParameter = NumberParameter | ChoiceParameter | SwitchParameter;
export type Parameter = NumberParameter | ChoiceParameter | SwitchParameter | ListParameter;
export type Parameters = Record<string, Parameter>;

export type ValueOf<P> =
  P extends ChoiceParameter<infer K> ? K : P extends SwitchParameter ? boolean : P extends ListParameter ? number[] : number;
export type ValuesOf<P extends Parameters> = { [K in keyof P]: ValueOf<P[K]> };

/** Values of an experiment whose parameters are not known by type. */
export type Values = Record<string, number | string | boolean | number[]>;

type Rest<P> = Omit<P, 'type' | 'step' | 'unit'> & { step?: number; unit?: string };

export function number(parameter: Rest<NumberParameter>): NumberParameter {
  return { type: 'number', step: (parameter.max - parameter.min) / 100, unit: '', ...parameter };
}

export function integer(parameter: Rest<NumberParameter>): NumberParameter {
  return { type: 'integer', step: 1, unit: '', ...parameter };
}

/** The options' keys are the type: taken from the options alone, so that a wrong default does not compile. */
export function choice<const O extends Record<string, string>>(
  parameter: Omit<ChoiceParameter, 'type' | 'options' | 'default' | 'optionHelp'> & {
    options: O;
    default: NoInfer<keyof O & string>;
    optionHelp?: NoInfer<Record<keyof O & string, string>>;
  },
): ChoiceParameter<keyof O & string> {
  return { type: 'choice', ...parameter };
}

export function toggle(parameter: Omit<SwitchParameter, 'type'>): SwitchParameter {
  return { type: 'switch', ...parameter };
}

export function list(element: NumberParameter, parameter: Omit<ListParameter, 'type' | 'element'>): ListParameter {
  return { type: 'list', element, ...parameter };
}
