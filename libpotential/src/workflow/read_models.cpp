#include <potential/workflow/read_models.hpp>

#include "workflow/input_run.hpp"

namespace potential {

std::vector<std::shared_ptr<const Model>> read_models(const Inputs& inputs, const Scheme& scheme,
                                                      const ReadModelsOptions& options) {
  using FileModels = Outcome<std::vector<Model>>;
  const StructureReader reader(scheme, options.read);
  std::vector<std::shared_ptr<const Model>> found;
  InputRun run(inputs, options);
  run.for_each_file<FileModels>(
      [&](const InputFile& file) { return attempt(file, [&] { return reader.read(file); }); },
      [&](FileModels& models) {
        if (!models.problem.empty()) run.skip(models.id, models.problem);
        for (Model& model : models.result)
          found.push_back(std::make_shared<const Model>(std::move(model)));
      });
  return found;
}

}  // namespace potential
