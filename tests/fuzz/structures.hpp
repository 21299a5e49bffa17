#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include <potential/structure/reader.hpp>
#include <potential/support/error.hpp>

#include "extraction/contact_counter.hpp"

namespace potential::fuzz {

/// Reads the bytes as a structure file of this name and counts its contacts.
inline int read_structure(const char* name, const std::uint8_t* data, std::size_t size) {
  static const TableAxes axes(load_scheme("residue-cb"), DistanceBins::parse("seed"),
                              SeparationClasses::parse("1,2+,inter"));
  static const StructureReader by_atom(load_scheme("heavy-atom"), {ModelChoice::all, 0});
  static const StructureReader by_residue(axes.scheme, {ModelChoice::first, 50});
  InputFile file;
  file.id = name;
  file.bytes = std::make_shared<const std::string>(reinterpret_cast<const char*>(data), size);
  for (const StructureReader* reader : {&by_atom, &by_residue}) try {
      for (const Model& model : reader->read(file)) {
        margins_of(model, 200);
        if (reader == &by_residue) ContactCounter(axes).add(model);
      }
    } catch (const Error&) {
    }
  return 0;
}

}  // namespace potential::fuzz
