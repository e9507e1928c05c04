// What fails inside gives its place to something else; what stands around it lives on.

import { Component, type ReactNode } from 'react';
import { NotLoaded } from '../page/notLoaded';

interface GuardProps {
  fallback: (error: Error, tryAgain: () => void) => ReactNode;
  children: ReactNode;
}

export class Guard extends Component<GuardProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(thrown: unknown): { error: Error } {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override componentDidCatch(thrown: unknown): void {
    if (thrown instanceof NotLoaded) thrown.forget();
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : this.props.fallback(error, () => this.setState({ error: null }));
  }
}
