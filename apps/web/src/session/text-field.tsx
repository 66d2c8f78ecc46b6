import { Form, Input } from 'antd';
import type { ComponentProps, ReactNode } from 'react';
import { useWords } from '../language';

interface TextFieldProps extends Omit<ComponentProps<typeof Input>, 'name'> {
  name: string;
  label: string;
  required?: boolean;
  /** What is to be known before it is filled in. */
  hint?: ReactNode;
  /** Another field that must hold the same. */
  repeats?: { name: string; otherwise: string };
}

/** A labelled line of a form. */
export function TextField({ name, label, required = true, hint, repeats, type, ...input }: TextFieldProps) {
  const { t } = useWords();
  const Line = type === 'password' ? Input.Password : Input;
  return (
    <Form.Item
      name={name}
      label={label}
      extra={hint}
      dependencies={repeats && [repeats.name]}
      validateTrigger="onSubmit"
      rules={[
        { required, whitespace: true, message: t('fillIn') },
        ...(repeats
          ? [
              ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
                validator: async (_: unknown, value: unknown) => {
                  if (value !== getFieldValue(repeats.name)) throw new Error(repeats.otherwise);
                },
              }),
            ]
          : []),
      ]}
    >
      <Line id={name} size="large" {...input} type={type === 'password' ? undefined : type} />
    </Form.Item>
  );
}
