using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>The elements behind the parts of one block.</summary>
internal sealed class BlockPositions(string name, MarkupElement element)
{
    private readonly List<(string Name, MarkupElement Element, IReadOnlyList<(string Name, MarkupElement Element)> Fields)> _registers = [];
    private readonly List<(string Path, MarkupElement Element)> _views = [];

    public string Name => name;

    public void AddRegister(string register, MarkupElement at, IReadOnlyList<(string Name, MarkupElement Element)> fields)
        => _registers.Add((register, at, fields));

    public void AddView(string view, MarkupElement at) => _views.Add((name + "/@" + view, at));

    public void AddPolicy(string view, string register, MarkupElement at) => _views.Add((name + "/@" + view + "/" + register, at));

    public void AddTo(Dictionary<string, FilePosition> positions)
    {
        positions[name] = element.Position;
        foreach ((string register, MarkupElement at, IReadOnlyList<(string Name, MarkupElement Element)> fields) in _registers)
        {
            string path = name + "/" + register;
            positions[path] = at.Position;
            foreach ((string field, MarkupElement fieldAt) in fields)
            {
                positions[path + "/" + field] = fieldAt.Position;
            }
        }

        foreach ((string path, MarkupElement at) in _views)
        {
            positions[path] = at.Position;
        }
    }
}
