using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>Looks for what one block leaves unsaid.</summary>
internal sealed class BlockSurvey(BlockModel block)
{
    private readonly List<UnsaidItem> _items = [];

    public BlockCompleteness Take()
    {
        if (block.Unsure.Length != 0)
        {
            _items.Add(new UnsaidItem(UnsaidKind.Doubt, "", "", block.Unsure));
        }

        HashSet<int> seen = [];
        foreach (ViewModel view in block.Views)
        {
            foreach (PolicyModel policy in view.Policies)
            {
                seen.Add(policy.Register);
            }
        }

        int fields = 0;
        for (int index = 0; index < block.Registers.Count; index++)
        {
            RegisterModel register = block.Registers[index];
            fields += register.Fields.Count;
            Survey(register);
            if (block.Views.Count != 0 && !seen.Contains(index))
            {
                Add(UnsaidKind.View, register);
            }
        }

        return new BlockCompleteness(block.Name, block.Registers.Count, fields, new EquatableArray<UnsaidItem>(_items.ToArray()));
    }

    private void Survey(RegisterModel register)
    {
        if ((register.Unsaid & UnsaidProperties.Access) != 0)
        {
            Add(UnsaidKind.Access, register);
        }

        if ((register.Unsaid & UnsaidProperties.Reset) != 0)
        {
            Add(UnsaidKind.Reset, register);
        }

        if (register.Source.Length == 0 && block.Source.Length == 0)
        {
            Add(UnsaidKind.Source, register);
        }

        if (register.Unsure.Length != 0)
        {
            _items.Add(new UnsaidItem(UnsaidKind.Doubt, register.Name, "", register.Unsure));
        }

        if (register.Fields.Count == 0 && register.Masks.Store != 0)
        {
            AddEffect(register, "", register.Source, register.Name, register.Description);
        }

        foreach (FieldModel field in register.Fields)
        {
            if (field.Provenance.Unsure.Length != 0)
            {
                _items.Add(new UnsaidItem(UnsaidKind.Doubt, register.Name, field.Name, field.Provenance.Unsure));
            }

            bool isPlain = (register.Masks.Store & ~register.Masks.WriteOnce & field.Mask) != 0 && field.Write == WriteAction.Store;
            if (isPlain && field.Constraint.Kind == WriteConstraintKind.None)
            {
                AddEffect(register, field.Name, field.Provenance.Source.Length != 0 ? field.Provenance.Source : register.Source, field.Name, field.Description);
            }
        }
    }

    // A source beside the field or its register vouches for the field as it is described; one for the whole block does so unless the words speak against it.
    private void AddEffect(RegisterModel register, string field, string source, string name, string description)
    {
        if (source.Length != 0)
        {
            return;
        }

        if (StatusWords.Describe(name, description))
        {
            _items.Add(new UnsaidItem(UnsaidKind.StatusEffect, register.Name, field, ""));
        }
        else if (block.Source.Length == 0)
        {
            _items.Add(new UnsaidItem(UnsaidKind.WriteEffect, register.Name, field, ""));
        }
    }

    private void Add(UnsaidKind kind, RegisterModel register) => _items.Add(new UnsaidItem(kind, register.Name, "", ""));
}
