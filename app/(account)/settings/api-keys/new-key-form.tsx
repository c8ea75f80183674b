'use client';

import { useActionState } from 'react';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import type { Words } from '@/lib/words/english';
import { addApiKey } from './actions';
import styles from './api-keys.module.css';

/** Creates an API key, and shows it once: in the answer to this form. */
export function NewKeyForm({ suggestion, t }: { suggestion: string; t: Words['apiKeys']['form'] }) {
  const [key, create] = useActionState(addApiKey, null);
  return (
    <>
      {key ? (
        <Notice kind="info" title={t.shown} detail={t.copyIt}>
          <code className={styles.key}>{key}</code>
        </Notice>
      ) : null}
      <form action={create} className="form">
        <Field
          label={t.label}
          name="key"
          required
          maxLength={100}
          autoComplete="off"
          defaultValue={suggestion}
        />
        <SubmitButton pendingText={t.creating} variant="secondary">
          {t.create}
        </SubmitButton>
      </form>
    </>
  );
}
