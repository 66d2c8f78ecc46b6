import { Form, Input } from 'antd';
import type { ComponentProps } from 'react';

interface TextFieldProps extends Omit<ComponentProps<typeof Input>, 'name'> {
  name: string;
  label: string;
  required?: boolean;
}

/** A labelled line of a form. */
export function TextField({ name, label, required = true, type, ...input }: TextFieldProps) {
  const Line = type === 'password' ? Input.Password : Input;
  return (
    <Form.Item name={name} label={label} rules={[{ required, message: label }]}>
      <Line id={name} size="large" {...input} />
    </Form.Item>
  );
}
